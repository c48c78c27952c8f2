"""Ablation Atlas: from raw planner traces to a linked, searchable site."""
