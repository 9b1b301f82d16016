package org.postel.mailbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.OptionalInt;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.sending.OwnLimits;

/** How much an account, or a domain, may send, as JSON. Null: as configured; 0: no limit. Hours are those of the clock, days those of UTC. */
public record SendingView(Integer messagesPerHour, Integer recipientsPerHour, Integer messagesPerDay, Integer recipientsPerDay) {

    static SendingView of(OwnLimits limits) {
        return new SendingView(boxed(limits.messagesPerHour()), boxed(limits.recipientsPerHour()), boxed(limits.messagesPerDay()), boxed(limits.recipientsPerDay()));
    }

    /** What a merge patch makes of it; null: all is as configured. */
    static OwnLimits merge(OwnLimits before, JsonNode patch) throws DirectoryException {
        if (!patch.isNull() && !patch.isObject()) {
            throw MergePatch.invalid("\"sending\" is an object or null");
        }
        OwnLimits next = patch.isNull() ? OwnLimits.CONFIGURED : before;
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            OptionalInt limit = limit(field.getValue());
            next = switch (field.getKey()) {
                case "messagesPerHour" -> new OwnLimits(limit, next.recipientsPerHour(), next.messagesPerDay(), next.recipientsPerDay());
                case "recipientsPerHour" -> new OwnLimits(next.messagesPerHour(), limit, next.messagesPerDay(), next.recipientsPerDay());
                case "messagesPerDay" -> new OwnLimits(next.messagesPerHour(), next.recipientsPerHour(), limit, next.recipientsPerDay());
                case "recipientsPerDay" -> new OwnLimits(next.messagesPerHour(), next.recipientsPerHour(), next.messagesPerDay(), limit);
                default -> throw MergePatch.invalid("sending has \"messagesPerHour\", \"recipientsPerHour\", \"messagesPerDay\" and \"recipientsPerDay\"");
            };
        }
        return next;
    }

    private static OptionalInt limit(JsonNode value) throws DirectoryException {
        if (!value.isNull() && !value.isInt()) {
            throw MergePatch.invalid("a sending limit is a number, or null");
        }
        return value.isNull() ? OptionalInt.empty() : OptionalInt.of(value.intValue());
    }

    private static Integer boxed(OptionalInt limit) {
        return limit.isPresent() ? limit.getAsInt() : null;
    }
}
