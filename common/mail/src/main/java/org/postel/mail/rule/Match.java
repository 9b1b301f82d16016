package org.postel.mail.rule;

/** How a text is compared: RFC 5228 §2.7.1. */
public enum Match {
    /** The text has the value somewhere within. */
    CONTAINS,
    /** The text is the value. */
    IS,
    /** The text fits the value, in which {@code *} stands for anything and {@code ?} for one character; a backslash takes that away. */
    MATCHES
}
