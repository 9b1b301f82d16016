package org.postel.delivery.relay;

import java.net.InetAddress;
import java.util.List;
import org.postel.delivery.smtp.Tlsa;

/** What DNS says about mail servers. Names without a trailing dot. */
public interface MailExchangers {

    /** One MX record; the name is empty for the root, which means: no mail (RFC 7505). */
    record Exchanger(int preference, String name) {}

    /**
     * An address of a host.
     *
     * @param owner who has it: the host itself, or what it is an alias of in the end
     */
    record Address(String owner, InetAddress address) {}

    /** What came back. */
    sealed interface Answer<T> {
        /**
         * At least one record.
         *
         * @param secure whether DNSSEC proves them (RFC 4035 §4.3), so that nobody on the way made them up
         */
        record Records<T>(List<T> records, boolean secure) implements Answer<T> {}

        /** The name is there, a record of this kind is not. */
        record NoRecords<T>() implements Answer<T> {}

        /** There is no such name. */
        record NoName<T>() implements Answer<T> {}

        /** DNS does not say now, or says what DNSSEC proves wrong. */
        record Unknown<T>(String why) implements Answer<T> {}
    }

    /** The MX records of a domain. */
    Answer<Exchanger> exchangers(String domain) throws InterruptedException;

    /** The A and AAAA records of a host. */
    Answer<Address> addresses(String host) throws InterruptedException;

    /** The CNAME record of a host, and not where it leads. */
    Answer<String> alias(String host) throws InterruptedException;

    /** The TLSA records of a server: RFC 6698 §3. */
    Answer<Tlsa> certificates(String host, int port) throws InterruptedException;

    /** The TXT records of a name, the strings of each put together. */
    Answer<String> texts(String name) throws InterruptedException;
}
