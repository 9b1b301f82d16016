package org.postel.trust.dmarc;

import java.util.List;
import java.util.Optional;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.KnownTexts;
import org.postel.trust.message.Field;

/** Judges mail: RFC 9989 §5.3. For any number of threads. */
public final class Dmarc {

    // Characters; several times what most publish, addresses for reports and all.
    private static final int LONGEST_KNOWN = 1024;

    private final KnownTexts<Optional<DmarcRecord>> records = new KnownTexts<>(LONGEST_KNOWN);

    /**
     * Whether the author's domain vouches for the mail.
     *
     * @param header of the mail
     * @param passed whose SPF and signatures passed
     * @param open   whose SPF and signatures could not be looked at now
     * @param dns    with what this mail may ask
     */
    public DmarcResult check(List<Field> header, Voucher passed, Voucher open, Dns dns) {
        return new Evaluation(records, dns).check(header, passed, open);
    }
}
