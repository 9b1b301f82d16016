package org.postel.mailbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Forwarding;
import org.postel.mailbox.directory.Vacation;
import org.postel.mailbox.identity.SessionProtocol;

/** A JSON merge patch (RFC 7396) of an account: what it does not name stays as it is. */
final class AccountPatch implements Administration.Change {

    private final JsonNode patch;
    private final ZoneId zone;

    private AccountPatch(JsonNode patch, ZoneId zone) {
        this.patch = patch;
        this.zone = zone;
    }

    /**
     * From what a client sent.
     *
     * @param zone whose days are meant
     * @throws DirectoryException INVALID when it is no JSON object
     */
    static AccountPatch of(String body, ZoneId zone) throws DirectoryException {
        return new AccountPatch(MergePatch.of(body, "an account"), zone);
    }

    @Override
    public AccountSettings of(Account before) throws DirectoryException {
        AccountSettings settings = before.settings();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            settings = switch (field.getKey()) {
                case "status" -> settings.withStatus(status(before, field.getValue()));
                case "protocols" -> protocols(settings, field.getValue());
                case "forwarding" -> settings.withForwarding(forwarding(settings.forwarding(), field.getValue()));
                case "vacation" -> settings.withVacation(vacation(settings.vacation(), field.getValue()));
                case "sending" -> settings.withSending(SendingView.merge(settings.sending(), field.getValue()));
                default -> throw MergePatch.invalid("the field \"" + field.getKey() + "\" cannot be set");
            };
        }
        return settings;
    }

    private static AccountStatus status(Account before, JsonNode value) throws DirectoryException {
        if (before.status() == AccountStatus.DELETED) {
            throw new DirectoryException(DirectoryException.Fault.IN_USE, "the account is deleted; restore it first");
        }
        return switch (value.asText()) {
            case "active" -> AccountStatus.ACTIVE;
            case "disabled" -> AccountStatus.DISABLED;
            default -> throw MergePatch.invalid("a status is \"active\" or \"disabled\"");
        };
    }

    private static AccountSettings protocols(AccountSettings before, JsonNode switches) throws DirectoryException {
        AccountSettings settings = before;
        if (!switches.isObject()) {
            throw MergePatch.invalid("\"protocols\" is an object");
        }
        for (Map.Entry<String, JsonNode> each : switches.properties()) {
            SessionProtocol protocol = SessionProtocol.of(each.getKey()).orElseThrow(() -> MergePatch.invalid("a protocol is imap, pop3 or submission"));
            settings = settings.with(protocol, bool(each.getValue()));
        }
        return settings;
    }

    private static Optional<Forwarding> forwarding(Optional<Forwarding> before, JsonNode patch) throws DirectoryException {
        if (patch.isNull()) {
            return Optional.empty();
        }
        if (!patch.isObject()) {
            throw MergePatch.invalid("\"forwarding\" is an object or null");
        }
        Forwarding next = before.orElse(new Forwarding(List.of(), true));
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            next = switch (field.getKey()) {
                case "targets" -> new Forwarding(texts(field.getValue()), next.keep());
                case "keep" -> new Forwarding(next.targets(), bool(field.getValue()));
                default -> throw MergePatch.invalid("forwarding has \"targets\" and \"keep\"");
            };
        }
        return Optional.of(next);
    }

    private Optional<Vacation> vacation(Optional<Vacation> before, JsonNode patch) throws DirectoryException {
        if (!patch.isNull() && !patch.isObject()) {
            throw MergePatch.invalid("\"vacation\" is an object or null");
        }
        return patch.isNull() ? Optional.empty() : VacationView.merge(before, patch, zone);
    }

    private static List<String> texts(JsonNode array) throws DirectoryException {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            texts.add(each.asText());
        }
        if (!array.isArray() || StreamSupport.stream(array.spliterator(), false).anyMatch(each -> !each.isTextual())) {
            throw MergePatch.invalid("a list of texts is expected");
        }
        return texts;
    }

    private static boolean bool(JsonNode value) throws DirectoryException {
        if (!value.isBoolean()) {
            throw MergePatch.invalid("true or false is expected");
        }
        return value.booleanValue();
    }
}
