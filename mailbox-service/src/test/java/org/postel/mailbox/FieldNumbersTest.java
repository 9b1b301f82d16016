package org.postel.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.ExchangeRequest;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.mailbox.api.v1.MeetRequest;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.SignRequest;
import org.postel.mailbox.api.v1.StoredRules;
import org.postel.mailbox.api.v1.StsPolicy;
import org.postel.mailbox.api.v1.TreeRequest;
import org.postel.queue.v1.JourneyRow;
import org.postel.queue.v1.QueuedMessage;

/**
 * A number of a field, or of a value of an enum, means the same for ever: what earlier releases wrote and what the one beside this says has
 * to be understood. Each number that was ever given stands in {@code released/numbers.txt}, also of fields that are gone.
 */
class FieldNumbersTest {

    private static final Path NUMBERS = Path.of("src/test/resources/released/numbers.txt");

    /** One of each file of records, rows and API. */
    private static final List<Descriptor> OF_EACH_FILE = List.of(QueuedMessage.getDescriptor(), JourneyRow.getDescriptor(), MailboxEvent.getDescriptor(),
            MessageRow.getDescriptor(), MessageSummary.getDescriptor(), StoredRules.getDescriptor(), TreeRequest.getDescriptor(),
            ResolveRequest.getDescriptor(), DeliverRequest.getDescriptor(), SignRequest.getDescriptor(), MeetRequest.getDescriptor(),
            ExchangeRequest.getDescriptor(), StsPolicy.getDescriptor());

    @Test
    void noNumberIsUsedAgain() throws IOException {
        Map<String, String> given = given();
        Map<String, String> today = today();
        given.keySet().retainAll(today.keySet());
        today.keySet().retainAll(given.keySet());
        assertEquals(lines(given), lines(today));
    }

    @Test
    void eachNumberIsWrittenDown() throws IOException {
        Map<String, String> today = today();
        today.keySet().removeAll(given().keySet());
        assertEquals("", lines(today), "to be added to " + NUMBERS);
    }

    private static Map<String, String> given() throws IOException {
        return Files.readAllLines(NUMBERS).stream().map(line -> line.split(" = "))
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (one, other) -> one + " and " + other, TreeMap::new));
    }

    /** By message and number: name and type. */
    private static Map<String, String> today() {
        Map<String, String> all = new TreeMap<>();
        OF_EACH_FILE.stream().map(Descriptor::getFile).forEach(file -> add(file, all));
        return all;
    }

    private static void add(FileDescriptor file, Map<String, String> all) {
        file.getMessageTypes().forEach(message -> add(message, all));
        file.getEnumTypes().forEach(values -> add(values, all));
    }

    private static void add(Descriptor message, Map<String, String> all) {
        message.getFields().forEach(field -> all.put(message.getFullName() + " " + field.getNumber(), field.getName() + ", " + type(field)));
        message.getNestedTypes().forEach(nested -> add(nested, all));
        message.getEnumTypes().forEach(values -> add(values, all));
    }

    private static void add(EnumDescriptor values, Map<String, String> all) {
        values.getValues().forEach(value -> all.put(values.getFullName() + " " + value.getNumber(), value.getName()));
    }

    private static String type(FieldDescriptor field) {
        String one = switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
        return field.isRepeated() ? "repeated " + one : one;
    }

    private static String lines(Map<String, String> numbers) {
        return numbers.entrySet().stream().map(one -> one.getKey() + " = " + one.getValue()).collect(Collectors.joining("\n"));
    }
}
