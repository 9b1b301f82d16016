package org.postel.trust.dkim;

import org.postel.mail.Domain;

/**
 * What a signature says of the key that made it; the private half is with the {@link Signatory}.
 *
 * @param domain    d=, whose it is
 * @param selector  s=, under which its public half is published
 * @param algorithm a=, what it is for
 */
public record DkimKey(Domain domain, String selector, Algorithm algorithm) {
}
