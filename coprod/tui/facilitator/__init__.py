"""The facilitator's screens: getting ready, handing over, the board."""
