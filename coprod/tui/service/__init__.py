"""The service's own screen: who can open answers, help contacts, this device."""
