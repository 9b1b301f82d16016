package org.postel.trust.dkim;

import java.util.Optional;

/**
 * One signature, and what became of it.
 *
 * @param verdict   what
 * @param reason    why not a pass, in few words of ours; empty for a pass
 * @param signature what it says of itself; empty when it cannot be read
 */
public record DkimResult(Verdict verdict, String reason, Optional<DkimSignature> signature) {
}
