package org.postel.trust.arc;

import java.util.Optional;
import org.postel.trust.dkim.DkimResult;
import org.postel.trust.dkim.DkimVerification;
import org.postel.trust.dkim.Verdict;

/** The chain of a message whose body is passing by. */
public final class ArcVerification {

    private final ArcResult sofar;
    private final Optional<DkimVerification> message;

    /**
     * @param sofar   what the header says
     * @param message the newest signature over the message; empty when it does not matter any more
     */
    ArcVerification(ArcResult sofar, Optional<DkimVerification> message) {
        this.sofar = sofar;
        this.message = message;
    }

    /** Takes the next octets of the body. */
    public void body(byte[] from, int offset, int length) {
        message.ifPresent(open -> open.body(from, offset, length));
    }

    /** Once there is no more of the body. To be asked once. */
    public ArcResult result() {
        Optional<DkimResult> signature = message.map(open -> open.results().getFirst());
        // An l= that leaves the end of the body open is no better here than in DKIM.
        return signature.filter(result -> result.verdict() != Verdict.PASS)
            .map(result -> new ArcResult(ArcVerdict.FAIL, "message: " + result.reason(), sofar.instances())).orElse(sofar);
    }
}
