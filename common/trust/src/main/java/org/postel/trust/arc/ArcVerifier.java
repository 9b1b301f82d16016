package org.postel.trust.arc;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.postel.trust.dkim.DkimVerification;
import org.postel.trust.dkim.DkimVerifier;
import org.postel.trust.dkim.SealVerifier;
import org.postel.trust.dns.Dns;
import org.postel.trust.message.Field;

/** Validates chains: RFC 8617 §5.2. */
public final class ArcVerifier {

    private final DkimVerifier signatures;
    private final SealVerifier seals = new SealVerifier();

    public ArcVerifier(Clock clock) {
        this.signatures = new DkimVerifier(clock);
    }

    /**
     * Takes a header, asks for the keys and checks all but the body, which is still to come.
     *
     * @param dns asked once for each link, and once more for the newest
     */
    public ArcVerification open(List<Field> header, Dns dns) {
        if (!ArcChain.any(header)) {
            return new ArcVerification(new ArcResult(ArcVerdict.NONE, "", 0), Optional.empty());
        }
        try {
            return open(ArcChain.of(header), header, dns);
        } catch (ArcChain.BrokenException e) {
            return failed(e.getMessage(), 0);
        }
    }

    private ArcVerification open(ArcChain chain, List<Field> header, Dns dns) {
        int links = chain.sets().size();
        for (ArcSet set : chain.sets()) {
            // Steps 2 and 3.D: who came first found none, who came later a whole one.
            if (!set.chainValidation().equals(set.instance() == 1 ? "none" : "pass")) {
                return failed("cv=" + (set.chainValidation().equals("fail") ? "fail" : " is wrong") + " in link " + set.instance(), links);
            }
        }
        DkimVerification message = signatures.openArc(header, chain.newest().messageSignature(), dns);
        if (message.decided()) {
            // Its fault is the chain's; the seals need no look-ups any more.
            return new ArcVerification(new ArcResult(ArcVerdict.PASS, "", links), Optional.of(message));
        }
        for (ArcSet set : chain.sets().reversed()) {
            Optional<String> fault = seals.fault(set.sealTags(), chain.sealed(set.instance()), dns);
            if (fault.isPresent()) {
                return failed("seal " + set.instance() + ": " + fault.get(), links);
            }
        }
        return new ArcVerification(new ArcResult(ArcVerdict.PASS, "", links), Optional.of(message));
    }

    private static ArcVerification failed(String reason, int links) {
        return new ArcVerification(new ArcResult(ArcVerdict.FAIL, reason, links), Optional.empty());
    }
}
