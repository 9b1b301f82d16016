package org.postel.trust.spf;

/** A record is wrong or costs too much: permerror, RFC 7208 §2.6.7. */
final class SpfFaultException extends Exception {

    private static final long serialVersionUID = 1;

    SpfFaultException(String message) {
        super(message);
    }
}
