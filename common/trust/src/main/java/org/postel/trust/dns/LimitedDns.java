package org.postel.trust.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What one mail may ask, in time and number: whoever writes it chooses most of the names (SAFETY row 30). Past either limit each
 * question is in trouble. For one thread.
 */
public final class LimitedDns implements Dns {

    private final Dns dns;
    private final long deadline;
    private int left;

    /**
     * @param limit     from now; a question asked in time may take its own time limit longer
     * @param questions most of them
     */
    public LimitedDns(Dns dns, Duration limit, int questions) {
        this.dns = dns;
        this.deadline = System.nanoTime() + limit.toNanos();
        this.left = questions;
    }

    @Override
    public List<InetAddress> addresses(String host, Family family) throws DnsTroubleException {
        spend();
        return dns.addresses(host, family);
    }

    @Override
    public List<String> texts(String name) throws DnsTroubleException {
        spend();
        return dns.texts(name);
    }

    @Override
    public List<String> exchangers(String domain) throws DnsTroubleException {
        spend();
        return dns.exchangers(domain);
    }

    @Override
    public List<String> names(InetAddress address) throws DnsTroubleException {
        spend();
        return dns.names(address);
    }

    private void spend() throws DnsTroubleException {
        if (left-- <= 0) {
            throw new DnsTroubleException("too many questions for one message");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new DnsTroubleException("no time left for this message");
        }
    }
}
