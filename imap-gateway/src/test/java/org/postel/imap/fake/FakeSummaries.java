package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postel.mailbox.api.v1.Address;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.Envelope;
import org.postel.mailbox.api.v1.MessageSummary;

/** Summaries of plain text messages: enough of a MIME parser for a test. */
public final class FakeSummaries {

    private FakeSummaries() {
    }

    /** What mailbox-service would store of a message of text/plain. */
    public static MessageSummary of(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") < 0 ? text.length() : text.indexOf("\r\n\r\n") + 4;
        Envelope.Builder envelope = Envelope.newBuilder();
        field(text, "Subject").ifPresent(subject -> envelope.setSubject(octets(subject)));
        field(text, "Date").ifPresent(date -> envelope.setDate(octets(date)));
        field(text, "From").ifPresent(from -> envelope.addFrom(address(from)));
        long lines = text.substring(body).chars().filter(letter -> letter == '\n').count();
        return MessageSummary.newBuilder().setEnvelope(envelope).setBody(BodyPart.newBuilder()
                .setType(octets("text")).setSubtype(octets("plain")).setEncoding(octets("7bit")).setLines(lines)
                .setBodyStart(body).setBodyEnd(content.length)).build();
    }

    /** The lines of some fields, whatever the case of their names; none is folded. */
    static ByteString fields(byte[] content, List<String> names) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return octets(Arrays.stream(text.split("\r\n")).takeWhile(line -> !line.isEmpty())
                .filter(line -> names.stream().anyMatch(line.split(":")[0]::equalsIgnoreCase)).map(line -> line + "\r\n").collect(Collectors.joining()));
    }

    static Optional<String> field(String text, String name) {
        return Arrays.stream(text.split("\r\n")).takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2)).findFirst();
    }

    private static Address address(String address) {
        int at = address.indexOf('@');
        return Address.newBuilder().setMailbox(octets(address.substring(0, at))).setHost(octets(address.substring(at + 1))).build();
    }

    static ByteString octets(String text) {
        return ByteString.copyFrom(text, StandardCharsets.ISO_8859_1);
    }
}
