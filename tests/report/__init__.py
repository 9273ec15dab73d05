"""The record as pages, tables and bundles."""
