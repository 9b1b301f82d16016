package org.postel.trust.dkim;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The signatures of a message whose body is passing by. */
public final class DkimVerification {

    /** A signature, decided or not. */
    sealed interface Open {
    }

    /** Whatever the body is. */
    record Closed(DkimResult result) implements Open {
    }

    /** Its header is right; now the body must be. */
    record Pending(DkimSignature signature, BodyHash hash) implements Open {
    }

    private final List<Open> signatures;
    // Signatures over the same share one.
    private final Set<BodyHash> hashes;

    DkimVerification(List<Open> signatures) {
        this.signatures = signatures;
        this.hashes = signatures.stream().flatMap(one -> one instanceof Pending pending ? Stream.of(pending.hash()) : Stream.empty())
            .collect(Collectors.toSet());
    }

    /** Takes the next octets of the body. */
    public void body(byte[] from, int offset, int length) {
        for (BodyHash hash : hashes) {
            hash.accept(from, offset, length);
        }
    }

    /** Whether the body does not matter any more. */
    public boolean decided() {
        return signatures.stream().noneMatch(Pending.class::isInstance);
    }

    /** Once there is no more of the body: a result for each signature that was tried, from the top. To be asked once. */
    public List<DkimResult> results() {
        return signatures.stream().map(signature -> switch (signature) {
            case Closed(DkimResult result) -> result;
            case Pending(DkimSignature of, BodyHash hash) -> result(of, hash);
        }).toList();
    }

    private static DkimResult result(DkimSignature signature, BodyHash hash) {
        if (!MessageDigest.isEqual(hash.finish(), signature.bodyHash())) {
            return new DkimResult(Verdict.FAIL, "the body does not match", Optional.of(signature));
        }
        if (signature.length().isPresent() && signature.length().getAsLong() > hash.octets()) {
            return new DkimResult(Verdict.FAIL, "the body is shorter than l=", Optional.of(signature));
        }
        // RFC 6376 §8.2: behind what is signed anybody can add what the reader sees.
        if (signature.length().isPresent() && signature.length().getAsLong() < hash.octets()) {
            return new DkimResult(Verdict.POLICY, "l= does not cover the body", Optional.of(signature));
        }
        return new DkimResult(Verdict.PASS, "", Optional.of(signature));
    }
}
