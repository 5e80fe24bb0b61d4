"""The PMSI files that hospitals have each month: RSS (diagnoses) and VID-HOSP (persons), one stay number.

Nothing is imported here: the first look at any text asks `kind`, while Polars is still being loaded.
"""
