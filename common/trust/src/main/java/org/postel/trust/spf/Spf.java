package org.postel.trust.spf;

import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.dns.KnownTexts;

/** check_host(): RFC 7208 §4. For any number of threads. */
public final class Spf {

    // RFC 7208 §3.4 wants records of 450 characters at most.
    private static final int LONGEST_KNOWN = 512;

    private final KnownTexts<SpfRecord> records = new KnownTexts<>(LONGEST_KNOWN);

    /** Whether the client may send for the domain of the query. */
    public SpfResult check(SpfQuery query, Dns dns) {
        try {
            return new Evaluation(records, dns, query).host(query.domain());
        } catch (DnsTroubleException e) {
            return SpfResult.TEMPERROR;
        } catch (SpfFaultException e) {
            return SpfResult.PERMERROR;
        }
    }
}
