"""What plugs into Rasa: graph components, the tracker store, the in-process actions, the brain. Only here is Rasa imported."""
