package org.postel.trust.dkim;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
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
     * Takes a header, asks for the keys and checks all but the body, which is still to come: so the header need not be kept. Of a domain's
     * signatures over the same body one that is right is enough (RFC 6376 §6.1 leaves the others to the verifier), RSA first, which is
     * verified in half the time: who signs with two keys as RFC 8463 §6 advises costs no more than others.
     *
     * @param dns asked at most once for each signature
     */
    public DkimVerification open(List<Field> header, Dns dns) {
        SignedHeader signed = new SignedHeader(header);
        Bodies bodies = new Bodies();
        SortedMap<Integer, DkimVerification.Open> checked = new TreeMap<>();
        List<Candidate> candidates = new ArrayList<>();
        List<Field> fields = header.stream().filter(field -> field.name().equals("dkim-signature")).limit(MOST_SIGNATURES).toList();
        for (int place = 0; place < fields.size(); place++) {
            try {
                candidates.add(new Candidate(place, fields.get(place), DkimSignature.parse(fields.get(place))));
            } catch (DkimFaultException e) {
                checked.put(place, closed(e, Optional.empty()));
            }
        }
        candidates.sort(Comparator.comparing(candidate -> candidate.signature.algorithm() != Algorithm.RSA_SHA256));
        for (Candidate candidate : candidates) {
            boolean said = checked.values().stream().anyMatch(candidate::repeats);
            if (!said) {
                checked.put(candidate.place, check(signed, candidate.field, candidate.signature, dns, bodies));
            }
        }
        return new DkimVerification(List.copyOf(checked.values()));
    }

    /**
     * A signature that can be read.
     *
     * @param place among the signatures that are looked at, from the top
     */
    private record Candidate(int place, Field field, DkimSignature signature) {

        boolean repeats(DkimVerification.Open checked) {
            return checked instanceof DkimVerification.Pending pending && signature.claimsAs(pending.signature());
        }
    }

    /**
     * As {@link #open}, for one ARC-Message-Signature, which is a DKIM-Signature but for v= and i=: RFC 8617 §4.1.2.
     *
     * @param field of the header
     */
    public DkimVerification openArc(List<Field> header, Field field, Dns dns) {
        try {
            return new DkimVerification(List.of(check(new SignedHeader(header), field, DkimSignature.parseArc(field), dns, new Bodies())));
        } catch (DkimFaultException e) {
            return new DkimVerification(List.of(closed(e, Optional.empty())));
        }
    }

    /** One hash for all signatures of a mail that hash the same: a forwarder's and the author's do. */
    private static final class Bodies {

        private record Form(Canonicalization canonicalization, OptionalLong limit) {
        }

        private final Map<Form, BodyHash> hashes = new HashMap<>();

        BodyHash of(DkimSignature signature) {
            return hashes.computeIfAbsent(new Form(signature.body(), signature.length()), form -> new BodyHash(form.canonicalization, form.limit));
        }
    }

    private DkimVerification.Open check(SignedHeader header, Field field, DkimSignature signature, Dns dns, Bodies bodies) {
        try {
            check(header, field, signature, dns);
            return new DkimVerification.Pending(signature, bodies.of(signature));
        } catch (DkimFaultException e) {
            return closed(e, Optional.of(signature));
        } catch (DnsTroubleException e) {
            return new DkimVerification.Closed(new DkimResult(Verdict.TEMPERROR, "no key for now", Optional.of(signature)));
        }
    }

    private static DkimVerification.Open closed(DkimFaultException fault, Optional<DkimSignature> signature) {
        return new DkimVerification.Closed(new DkimResult(fault.verdict(), fault.getMessage(), signature));
    }

    private void check(SignedHeader header, Field field, DkimSignature signature, Dns dns) throws DkimFaultException, DnsTroubleException {
        if (signature.expires().isPresent() && signature.expires().getAsLong() < clock.instant().getEpochSecond()) {
            throw new DkimFaultException(Verdict.FAIL, "expired");
        }
        signature.raw().verify(header.octets(field, signature.headers(), signature.header()), dns, keys);
    }
}
