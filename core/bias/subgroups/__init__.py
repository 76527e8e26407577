"""How a classifier treats groups: ranking inside and across groups, decisions by group, at any threshold."""
