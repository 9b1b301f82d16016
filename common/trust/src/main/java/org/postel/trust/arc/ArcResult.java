package org.postel.trust.arc;

/**
 * What became of a chain.
 *
 * @param verdict   what
 * @param reason    why not a pass, in few words of ours; empty for a pass, and for none
 * @param instances how many forwarded the mail, as far as it says so
 */
public record ArcResult(ArcVerdict verdict, String reason, int instances) {
}
