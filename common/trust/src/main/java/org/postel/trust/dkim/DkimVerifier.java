package org.postel.trust.dkim;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.message.Field;

/** Verifies signatures: RFC 6376 §6.1. */
public final class DkimVerifier {

    /** More of them are not looked at; the first ones stand at the top, so they were made last. */
    public static final int MOST_SIGNATURES = 5;

    private final Clock clock;
    private final KnownKeys keys = new KnownKeys();

    public DkimVerifier(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a header, asks for the keys and checks all but the body, which is still to come: so the header need not be kept.
     *
     * @param dns asked once for each signature
     */
    public DkimVerification open(List<Field> header, Dns dns) {
        SignedHeader signed = new SignedHeader(header);
        Bodies bodies = new Bodies();
        return new DkimVerification(header.stream().filter(field -> field.name().equals("dkim-signature")).limit(MOST_SIGNATURES)
            .map(field -> check(signed, field, DkimSignature::parse, dns, bodies)).toList());
    }

    /**
     * As {@link #open}, for one ARC-Message-Signature, which is a DKIM-Signature but for v= and i=: RFC 8617 §4.1.2.
     *
     * @param field of the header
     */
    public DkimVerification openArc(List<Field> header, Field field, Dns dns) {
        return new DkimVerification(List.of(check(new SignedHeader(header), field, DkimSignature::parseArc, dns, new Bodies())));
    }

    /** One hash for all signatures of a mail that hash the same: signers with two keys sign the same twice (RFC 8463 §3). */
    private static final class Bodies {

        private record Form(Canonicalization canonicalization, OptionalLong limit) {
        }

        private final Map<Form, BodyHash> hashes = new HashMap<>();

        BodyHash of(DkimSignature signature) {
            return hashes.computeIfAbsent(new Form(signature.body(), signature.length()), form -> new BodyHash(form.canonicalization, form.limit));
        }
    }

    private interface Reading {
        DkimSignature of(Field field) throws DkimFaultException;
    }

    private DkimVerification.Open check(SignedHeader header, Field field, Reading reading, Dns dns, Bodies bodies) {
        Optional<DkimSignature> signature = Optional.empty();
        try {
            signature = Optional.of(reading.of(field));
            check(header, field, signature.get(), dns);
            return new DkimVerification.Pending(signature.get(), bodies.of(signature.get()));
        } catch (DkimFaultException e) {
            return new DkimVerification.Closed(new DkimResult(e.verdict(), e.getMessage(), signature));
        } catch (DnsTroubleException e) {
            return new DkimVerification.Closed(new DkimResult(Verdict.TEMPERROR, "no key for now", signature));
        }
    }

    private void check(SignedHeader header, Field field, DkimSignature signature, Dns dns) throws DkimFaultException, DnsTroubleException {
        if (signature.expires().isPresent() && signature.expires().getAsLong() < clock.instant().getEpochSecond()) {
            throw new DkimFaultException(Verdict.FAIL, "expired");
        }
        signature.raw().verify(header.octets(field, signature.headers(), signature.header()), dns, keys);
    }
}
