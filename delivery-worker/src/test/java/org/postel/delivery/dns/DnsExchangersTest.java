package org.postel.delivery.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.relay.MailExchangers.Address;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.relay.MailExchangers.Exchanger;
import org.postel.delivery.smtp.Tlsa;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/** Against a resolver on loopback. */
class DnsExchangersTest {

    private DatagramSocket socket;
    private boolean validates;

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void exchangersComeWithTheirPreferences() throws Exception {
        DnsExchangers dns = resolver(query -> answer(query, mx(10, "a.example.org."), mx(20, "b.example.org.")));
        assertEquals(List.of(new Exchanger(10, "a.example.org"), new Exchanger(20, "b.example.org")),
                assertInstanceOf(Answer.Records.class, dns.exchangers("example.org")).records());
    }

    @Test
    void nullMxHasNoName() throws Exception {
        DnsExchangers dns = resolver(query -> answer(query, mx(0, ".")));
        assertEquals(List.of(new Exchanger(0, "")),
                assertInstanceOf(Answer.Records.class, dns.exchangers("example.org")).records());
    }

    @Test
    void noSuchNameAndNoSuchRecordAreTold() throws Exception {
        DnsExchangers dns = resolver(query -> {
            boolean there = query.getQuestion().getName().toString().startsWith("there");
            Message reply = answer(query);
            reply.getHeader().setRcode(there ? Rcode.NOERROR : Rcode.NXDOMAIN);
            return reply;
        });
        assertInstanceOf(Answer.NoName.class, dns.exchangers("gone.example.org"));
        assertInstanceOf(Answer.NoRecords.class, dns.exchangers("there.example.org"));
    }

    @Test
    void failureIsNotTakenForNothing() throws Exception {
        DnsExchangers dns = resolver(query -> {
            Message reply = answer(query);
            reply.getHeader().setRcode(Rcode.SERVFAIL);
            return reply;
        });
        assertInstanceOf(Answer.Unknown.class, dns.exchangers("example.org"));
        assertInstanceOf(Answer.Unknown.class, dns.addresses("example.org"));
    }

    @Test
    void addressesFollowAliases() throws Exception {
        DnsExchangers dns = resolver(query -> {
            if (query.getQuestion().getType() == Type.AAAA) {
                return answer(query);
            }
            Name alias = query.getQuestion().getName();
            return answer(query, new CNAMERecord(alias, DClass.IN, 60, Name.fromConstantString("real.example.org.")),
                    new ARecord(Name.fromConstantString("real.example.org."), DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1")));
        });
        assertEquals(List.of(new Address("real.example.org", InetAddress.ofLiteral("192.0.2.1"))),
                assertInstanceOf(Answer.Records.class, dns.addresses("mx.example.org")).records());
    }

    /** RFC 4035 §3.2.3, and only the word of a resolver that is trusted counts. */
    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false"})
    void onlyWhatATrustedResolverProvedIsSecure(boolean trusted, boolean proved, boolean secure) throws Exception {
        validates = trusted;
        DnsExchangers dns = resolver(query -> proved(proved, query.getQuestion().getType() == Type.AAAA ? answer(query)
                : answer(query, query.getQuestion().getType() == Type.MX ? mx(10, "a.example.org.") : address(query))));
        assertEquals(secure, assertInstanceOf(Answer.Records.class, dns.exchangers("example.org")).secure());
        assertEquals(secure, assertInstanceOf(Answer.Records.class, dns.addresses("a.example.org")).secure());
    }

    @Test
    void certificatesOfAServerAreRead() throws Exception {
        validates = true;
        DnsExchangers dns = resolver(query -> {
            assertEquals("_25._tcp.a.example.org.", query.getQuestion().getName().toString());
            return proved(true, answer(query, new TLSARecord(query.getQuestion().getName(), DClass.IN, 60, 3, 1, 1, new byte[] {1, (byte) 0xab})));
        });
        assertEquals(new Answer.Records<>(List.of(new Tlsa(3, 1, 1, "01ab")), true), dns.certificates("a.example.org", 25));
    }

    /** A validating resolver says SERVFAIL to what is bogus. */
    @Test
    void whatIsProvedWrongIsNoAnswer() throws Exception {
        validates = true;
        DnsExchangers dns = resolver(query -> {
            Message reply = answer(query);
            reply.getHeader().setRcode(Rcode.SERVFAIL);
            return reply;
        });
        assertInstanceOf(Answer.Unknown.class, dns.certificates("a.example.org", 25));
        assertInstanceOf(Answer.Unknown.class, dns.exchangers("example.org"));
    }

    @Test
    void aTrustedResolverIsAskedThroughAliasesToo() throws Exception {
        validates = true;
        DnsExchangers dns = resolver(query -> {
            Name alias = query.getQuestion().getName();
            Name real = Name.fromConstantString("real.example.org.");
            return query.getQuestion().getType() == Type.AAAA ? answer(query) : answer(query, new CNAMERecord(alias, DClass.IN, 60, real),
                    new ARecord(Name.fromConstantString("other.example.org."), DClass.IN, 60, InetAddress.ofLiteral("192.0.2.66")),
                    new ARecord(real, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1")));
        });
        assertEquals(List.of(new Address("real.example.org", InetAddress.ofLiteral("192.0.2.1"))),
                assertInstanceOf(Answer.Records.class, dns.addresses("mx.example.org")).records());
    }

    /** As the resolver that validates says it, and any other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAliasIsSaidForItselfOnly(boolean trusted) throws Exception {
        validates = trusted;
        DnsExchangers dns = resolver(query -> query.getQuestion().getType() != Type.CNAME || query.getQuestion().getName().toString().startsWith("real")
                ? answer(query)
                : proved(true, answer(query, new CNAMERecord(query.getQuestion().getName(), DClass.IN, 60, Name.fromConstantString("real.example.org.")))));
        assertEquals(new Answer.Records<>(List.of("real.example.org"), trusted), dns.alias("mx.example.org"));
        assertInstanceOf(Answer.NoRecords.class, dns.alias("real.example.org"));
    }

    private static Message proved(boolean proved, Message reply) {
        if (proved) {
            reply.getHeader().setFlag(Flags.AD);
        }
        return reply;
    }

    private static Record address(Message query) {
        return new ARecord(query.getQuestion().getName(), DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1"));
    }

    private DnsExchangers resolver(UnaryOperator<Message> server) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(server));
        return new DnsExchangers(Optional.of(new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort())), validates,
                Duration.ofSeconds(4));
    }

    private void serve(UnaryOperator<Message> server) {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] reply = server.apply(new Message(java.util.Arrays.copyOf(buffer, packet.getLength()))).toWire();
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static Message answer(Message query, Record... records) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        for (Record record : records) {
            reply.addRecord(record, Section.ANSWER);
        }
        return reply;
    }

    private static Record mx(int preference, String name) {
        return new MXRecord(Name.fromConstantString("example.org."), DClass.IN, 60, preference, Name.fromConstantString(name));
    }
}
