package org.postel.trust.spf;

import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;

/** check_host(): RFC 7208 §4. */
public final class Spf {

    private final Dns dns;

    public Spf(Dns dns) {
        this.dns = dns;
    }

    /** Whether the client may send for the domain of the query. */
    public SpfResult check(SpfQuery query) {
        try {
            return new Evaluation(dns, query).host(query.domain());
        } catch (DnsTroubleException e) {
            return SpfResult.TEMPERROR;
        } catch (SpfFaultException e) {
            return SpfResult.PERMERROR;
        }
    }
}
