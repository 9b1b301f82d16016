package org.postel.mailbox.content;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.postel.mail.mime.Disposition;
import org.postel.mail.mime.EnvelopeAddress;
import org.postel.mail.mime.KeptFields;
import org.postel.mail.mime.MessageEnvelope;
import org.postel.mail.mime.MessageStructure;
import org.postel.mail.mime.Octets;
import org.postel.mail.mime.Parameter;
import org.postel.mail.mime.Part;
import org.postel.mailbox.api.v1.Address;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.Envelope;
import org.postel.mailbox.api.v1.HeaderFields;
import org.postel.mailbox.api.v1.MessageSummary;

/**
 * A message's structure as the API carries it. Offsets are moved by the length of the prefix that comes before the shared
 * content; the outermost header starts with the prefix. Its fields are those of the content: the prefix stands in the row.
 */
public final class MessageSummaries {

    private MessageSummaries() {}

    /** @param prefix octets before the content */
    public static MessageSummary of(MessageScan.Scanned scanned, long prefix) {
        MessageStructure structure = scanned.structure();
        BodyPart body = body(structure.body(), prefix).toBuilder().setHeaderStart(0).build();
        MessageSummary.Builder summary = MessageSummary.newBuilder().setEnvelope(envelope(structure.envelope())).setBody(body);
        structure.fields().ifPresent(fields -> summary.setFields(
                HeaderFields.newBuilder().setKept(octets(fields.octets())).addAllOmitted(fields.omitted())));
        scanned.preview().ifPresent(summary::setPreview);
        return summary.build();
    }

    /** What is stored: without the envelope where the fields make it again. */
    public static MessageSummary stored(MessageSummary whole) {
        return fields(whole).flatMap(KeptFields::envelope).map(MessageSummaries::envelope).filter(whole.getEnvelope()::equals)
                .map(again -> whole.toBuilder().clearEnvelope().build()).orElse(whole);
    }

    /** With its envelope, if the fields that were stored make one. */
    public static MessageSummary withEnvelope(MessageSummary stored) {
        return stored.hasEnvelope() ? stored : fields(stored).flatMap(KeptFields::envelope)
                .map(from -> stored.toBuilder().setEnvelope(envelope(from)).build()).orElse(stored);
    }

    private static Optional<KeptFields> fields(MessageSummary summary) {
        return summary.hasFields() ? Optional.of(new KeptFields(Octets.of(summary.getFields().getKept().toByteArray()),
                summary.getFields().getOmittedList())) : Optional.empty();
    }

    private static Envelope envelope(MessageEnvelope from) {
        Envelope.Builder to = Envelope.newBuilder();
        from.date().map(MessageSummaries::octets).ifPresent(to::setDate);
        from.subject().map(MessageSummaries::octets).ifPresent(to::setSubject);
        to.addAllFrom(addresses(from.from())).addAllSender(addresses(from.sender())).addAllReplyTo(addresses(from.replyTo()))
                .addAllTo(addresses(from.to())).addAllCc(addresses(from.cc())).addAllBcc(addresses(from.bcc()));
        from.inReplyTo().map(MessageSummaries::octets).ifPresent(to::setInReplyTo);
        from.messageId().map(MessageSummaries::octets).ifPresent(to::setMessageId);
        return to.build();
    }

    private static List<Address> addresses(List<EnvelopeAddress> from) {
        return from.stream().map(MessageSummaries::address).toList();
    }

    private static Address address(EnvelopeAddress from) {
        Address.Builder to = Address.newBuilder();
        from.name().map(MessageSummaries::octets).ifPresent(to::setName);
        from.mailbox().map(MessageSummaries::octets).ifPresent(to::setMailbox);
        from.host().map(MessageSummaries::octets).ifPresent(to::setHost);
        return to.build();
    }

    private static BodyPart body(Part from, long prefix) {
        BodyPart.Builder to = BodyPart.newBuilder()
                .setType(octets(from.contentType().type()))
                .setSubtype(octets(from.contentType().subtype()))
                .addAllParameters(parameters(from.contentType().parameters()))
                .setEncoding(octets(from.header().encoding()))
                .setLines(from.lines())
                .setHeaderStart(from.extent().headerStart() + prefix)
                .setBodyStart(from.extent().bodyStart() + prefix)
                .setBodyEnd(from.extent().bodyEnd() + prefix)
                .addAllLanguage(from.header().language().stream().map(MessageSummaries::octets).toList());
        from.header().id().map(MessageSummaries::octets).ifPresent(to::setId);
        from.header().description().map(MessageSummaries::octets).ifPresent(to::setDescription);
        from.header().md5().map(MessageSummaries::octets).ifPresent(to::setMd5);
        from.header().location().map(MessageSummaries::octets).ifPresent(to::setLocation);
        from.header().disposition().map(MessageSummaries::disposition).ifPresent(to::setDisposition);
        from.children().forEach(child -> to.addParts(body(child, prefix)));
        from.message().ifPresent(within -> to.setEnvelope(envelope(within.envelope())).setMessage(body(within.body(), prefix)));
        return to.build();
    }

    private static org.postel.mailbox.api.v1.Disposition disposition(Disposition from) {
        return org.postel.mailbox.api.v1.Disposition.newBuilder()
                .setType(octets(from.type())).addAllParameters(parameters(from.parameters())).build();
    }

    private static List<org.postel.mailbox.api.v1.Parameter> parameters(List<Parameter> from) {
        return from.stream().map(parameter -> org.postel.mailbox.api.v1.Parameter.newBuilder()
                .setName(octets(parameter.name())).setValue(octets(parameter.value())).build()).toList();
    }

    private static ByteString octets(Octets from) {
        return ByteString.copyFrom(from.toBytes());
    }
}
