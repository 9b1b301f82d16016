package org.postel.trust.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What one check of a mail may ask, in time and number: whoever writes it chooses most of the names (SAFETY row 30). Past either
 * limit each question is in trouble. Only the time in which is waited for answers counts: else a client that sends its mail slowly
 * would leave no time to ask about it. For one thread.
 */
public final class LimitedDns implements Dns {

    private final Dns dns;
    private long nanosLeft;
    private int left;

    /**
     * @param limit     of waiting; a question asked in time may take its own time limit longer
     * @param questions most of them
     */
    public LimitedDns(Dns dns, Duration limit, int questions) {
        this.dns = dns;
        this.nanosLeft = limit.toNanos();
        this.left = questions;
    }

    @Override
    public List<InetAddress> addresses(String host, Family family) throws DnsTroubleException {
        return ask(() -> dns.addresses(host, family));
    }

    @Override
    public List<String> texts(String name) throws DnsTroubleException {
        return ask(() -> dns.texts(name));
    }

    @Override
    public List<String> exchangers(String domain) throws DnsTroubleException {
        return ask(() -> dns.exchangers(domain));
    }

    @Override
    public List<String> names(InetAddress address) throws DnsTroubleException {
        return ask(() -> dns.names(address));
    }

    private interface Question<T> {
        T ask() throws DnsTroubleException;
    }

    private <T> T ask(Question<T> question) throws DnsTroubleException {
        if (left-- <= 0) {
            throw new DnsTroubleException("too many questions for one message");
        }
        if (nanosLeft <= 0) {
            throw new DnsTroubleException("no time left for this message");
        }
        long begun = System.nanoTime();
        try {
            return question.ask();
        } finally {
            nanosLeft -= System.nanoTime() - begun;
        }
    }
}
