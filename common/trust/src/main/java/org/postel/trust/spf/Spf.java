package org.postel.trust.spf;

import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;

/** check_host(): RFC 7208 §4. For any number of threads. */
public final class Spf {

    private final KnownRecords records = new KnownRecords();

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
