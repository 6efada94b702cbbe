"""What plugs into Rasa: components, the tracker store, the in-process actions, the brain. Only here is it imported."""
