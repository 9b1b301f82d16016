package org.postel.delivery.relay;

import java.util.HashMap;
import java.util.Map;
import org.postel.delivery.smtp.Tlsa;

/** A DNS that knows what a test put in. */
final class NamedInDns implements MailExchangers {

    final Map<String, Answer<Exchanger>> exchangers = new HashMap<>();
    final Map<String, Answer<Address>> addresses = new HashMap<>();
    final Map<String, Answer<String>> aliases = new HashMap<>();
    final Map<String, Answer<Tlsa>> certificates = new HashMap<>();

    @Override
    public Answer<Exchanger> exchangers(String domain) {
        return exchangers.getOrDefault(domain, new Answer.NoRecords<>());
    }

    @Override
    public Answer<Address> addresses(String host) {
        return addresses.getOrDefault(host, new Answer.NoRecords<>());
    }

    @Override
    public Answer<String> alias(String host) {
        return aliases.getOrDefault(host, new Answer.NoRecords<>());
    }

    @Override
    public Answer<Tlsa> certificates(String host, int port) {
        return certificates.getOrDefault(host, new Answer.NoName<>());
    }

    @Override
    public Answer<String> texts(String name) {
        return new Answer.NoName<>();
    }
}
