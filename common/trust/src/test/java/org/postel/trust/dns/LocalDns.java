package org.postel.trust.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server on loopback with a few records. What it does not know does not exist. */
public final class LocalDns implements AutoCloseable {

    private static final int LARGEST = 4096;

    private final DatagramSocket socket;
    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final Set<Name> silent = ConcurrentHashMap.newKeySet();
    private final Set<Name> failing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();

    public LocalDns() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Adds a record in the notation of zone files, such as {@code with("example.test", "MX", 60, "10 mx.example.test.")}. */
    public LocalDns with(String name, String type, long ttl, String value) {
        try {
            records.add(Record.fromString(name(name), Type.value(type), DClass.IN, ttl, value, Name.root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Adds a TXT record, in strings of at most 255 octets. */
    public LocalDns withText(String name, String text) {
        List<String> strings = new ArrayList<>();
        for (int start = 0; start < text.length(); start += 255) {
            strings.add('"' + text.substring(start, Math.min(text.length(), start + 255)).replace("\"", "\\\"") + '"');
        }
        return with(name, "TXT", 60, String.join(" ", strings));
    }

    /** Says nothing about a name. */
    public LocalDns silent(String name) {
        silent.add(name(name));
        return this;
    }

    /** Answers SERVFAIL about a name. */
    public LocalDns failing(String name) {
        failing.add(name(name));
        return this;
    }

    /** How many questions came. */
    public int asked() {
        return asked.get();
    }

    private static Name name(String name) {
        return Name.fromConstantString(name.endsWith(".") ? name : name + ".");
    }

    private void serve() {
        byte[] octets = new byte[LARGEST];
        try {
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(octets, octets.length);
                socket.receive(packet);
                asked.incrementAndGet();
                answer(new Message(Arrays.copyOf(octets, packet.getLength())), packet);
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Message query, DatagramPacket packet) throws IOException {
        Record question = query.getQuestion();
        if (silent.contains(question.getName())) {
            return;
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        List<Record> named = records.stream().filter(record -> record.getName().equals(question.getName())).toList();
        if (failing.contains(question.getName())) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (named.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        named.stream().filter(record -> record.getType() == question.getType()).forEach(record -> answer.addRecord(record, Section.ANSWER));
        byte[] octets = answer.toWire();
        socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
