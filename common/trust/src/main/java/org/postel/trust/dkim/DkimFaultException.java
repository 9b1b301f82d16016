package org.postel.trust.dkim;

/** A signature or key that is no pass. */
final class DkimFaultException extends Exception {

    private static final long serialVersionUID = 1;

    private final Verdict verdict;

    DkimFaultException(Verdict verdict, String reason) {
        super(reason);
        this.verdict = verdict;
    }

    Verdict verdict() {
        return verdict;
    }
}
