package org.postel.mailbox.scram;

/** What is done with SCRAM. */
public enum ScramUse {
    /** Nothing: no keys are made of passwords, and what there is serves nobody. */
    OFF,
    /** Keys are made when a password is set or used, so that most accounts have them when the mechanism is offered at last. */
    PREPARE,
    /** The mechanism is offered too. */
    OFFER
}
