package org.postel.trust.dmarc;

import java.util.Optional;
import org.postel.trust.message.TagList;

/**
 * What a domain publishes: RFC 9989 §4.7.
 *
 * @param policy        p=
 * @param subdomains    sp=
 * @param nonexistent   np=
 * @param strictDkim    adkim=s
 * @param strictSpf     aspf=s
 * @param testing       t=y: the policy is not to be applied
 * @param suffix        psd=
 */
record DmarcRecord(Policy policy, Policy subdomains, Policy nonexistent, boolean strictDkim, boolean strictSpf, boolean testing, Suffix suffix) {

    /** Whether others register names below this one. */
    enum Suffix {
        /** They do: psd=y. */
        YES,
        /** They do not, and all names below belong to it: psd=n. */
        NO,
        /** Not said. */
        UNKNOWN
    }

    /** Whether a TXT record may be one of ours: the version comes first. */
    static boolean isDmarc(String text) {
        return text.stripLeading().startsWith("v");
    }

    /** Empty for what is no record, or one that RFC 9989 §4.10.1 wants ignored. */
    static Optional<DmarcRecord> parse(String text) {
        // RFC 7489 §6.3: a slip behind v= costs what it stands in, not the policy.
        return TagList.lenient(text).filter(tags -> tags.first().equals(Optional.of("v")) && tags.get("v").equals(Optional.of("DMARC1")))
            .flatMap(DmarcRecord::of);
    }

    // A policy that cannot be read is one of none, if the domain wants reports, which it would then miss.
    private static Optional<DmarcRecord> of(TagList tags) {
        boolean broken = broken(tags, "p") || broken(tags, "sp") || broken(tags, "np");
        if (broken && !tags.get("rua").orElse("").matches("(?i).*mailto:.+@.+")) {
            return Optional.empty();
        }
        Policy policy = broken ? Policy.NONE : policy(tags, "p").orElse(Policy.NONE);
        Policy subdomains = broken ? Policy.NONE : policy(tags, "sp").orElse(policy);
        Policy nonexistent = broken ? Policy.NONE : policy(tags, "np").orElse(subdomains);
        return Optional.of(new DmarcRecord(policy, subdomains, nonexistent, says(tags, "adkim", "s"), says(tags, "aspf", "s"), says(tags, "t", "y"),
            says(tags, "psd", "y") ? Suffix.YES : says(tags, "psd", "n") ? Suffix.NO : Suffix.UNKNOWN));
    }

    private static boolean broken(TagList tags, String name) {
        return tags.get(name).isPresent() && policy(tags, name).isEmpty();
    }

    private static Optional<Policy> policy(TagList tags, String name) {
        return tags.get(name).flatMap(Policy::ofTag);
    }

    private static boolean says(TagList tags, String name, String value) {
        return tags.get(name).filter(value::equalsIgnoreCase).isPresent();
    }
}
