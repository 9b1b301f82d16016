package org.postel.trust.dkim;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.message.Field;

/** Verifies signatures: RFC 6376 §6.1. */
public final class DkimVerifier {

    /** More of them are not looked at; the first ones stand at the top, so they were made last. */
    public static final int MOST_SIGNATURES = 5;

    private final Clock clock;

    public DkimVerifier(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a header, asks for the keys and checks all but the body, which is still to come: so the header need not be kept.
     *
     * @param dns asked once for each signature
     */
    public DkimVerification open(List<Field> header, Dns dns) {
        return new DkimVerification(header.stream().filter(field -> field.name().equals("dkim-signature")).limit(MOST_SIGNATURES)
            .map(field -> check(header, field, dns)).toList());
    }

    private DkimVerification.Open check(List<Field> header, Field field, Dns dns) {
        Optional<DkimSignature> signature = Optional.empty();
        try {
            signature = Optional.of(DkimSignature.parse(field));
            check(header, field, signature.get(), dns);
            return new DkimVerification.Pending(signature.get(), new BodyHash(signature.get().body(), signature.get().length()));
        } catch (DkimFaultException e) {
            return new DkimVerification.Closed(new DkimResult(e.verdict(), e.getMessage(), signature));
        } catch (DnsTroubleException e) {
            return new DkimVerification.Closed(new DkimResult(Verdict.TEMPERROR, "no key for now", signature));
        }
    }

    private void check(List<Field> header, Field field, DkimSignature signature, Dns dns) throws DkimFaultException, DnsTroubleException {
        if (signature.expires().isPresent() && signature.expires().getAsLong() < clock.instant().getEpochSecond()) {
            throw new DkimFaultException(Verdict.FAIL, "expired");
        }
        List<String> records = dns.texts(signature.keyName());
        if (records.isEmpty()) {
            throw new DkimFaultException(Verdict.PERMERROR, "there is no key");
        }
        KeyRecord key = KeyRecord.parse(records.getFirst(), signature.algorithm());
        if (key.strict() && !signature.author().equals(signature.domain())) {
            throw new DkimFaultException(Verdict.PERMERROR, "the key is for the domain itself only");
        }
        byte[] signed = SignedHeader.octets(header, field, signature.headers(), signature.header());
        if (!verifies(signature, key.key(), signed)) {
            throw new DkimFaultException(Verdict.FAIL, "the signature does not match");
        }
    }

    private static boolean verifies(DkimSignature signature, PublicKey key, byte[] signed) {
        try {
            Signature verifying = Signature.getInstance(signature.algorithm().signature());
            verifying.initVerify(key);
            verifying.update(switch (signature.algorithm()) {
                case RSA_SHA256 -> signed;
                // RFC 8463 §3: what is signed is the hash.
                case ED25519_SHA256 -> BodyHash.sha256().digest(signed);
            });
            return verifying.verify(signature.value());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
