"""Due diligence of a company from its folder: measures over time, contracts, assets, risks, conflicts."""
