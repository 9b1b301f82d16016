package org.postel.mailbox.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.postel.mailbox.sending.AccountLimits;

/** A JSON merge patch (RFC 7396) of an account: what it does not name stays as it is. */
final class AccountPatch implements Administration.Change {

    /** All that may be set, in full, is shorter. */
    private static final int LONGEST = 256 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

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
        if (body == null || body.length() > LONGEST) {
            throw invalid("a merge patch has 1 to " + LONGEST + " characters");
        }
        try {
            JsonNode patch = JSON.readTree(body);
            if (!patch.isObject()) {
                throw invalid("a merge patch of an account is a JSON object");
            }
            return new AccountPatch(patch, zone);
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON");
        }
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
                case "sending" -> settings.withSending(sending(settings.sending(), field.getValue()));
                default -> throw invalid("the field \"" + field.getKey() + "\" cannot be set");
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
            default -> throw invalid("a status is \"active\" or \"disabled\"");
        };
    }

    private static AccountSettings protocols(AccountSettings before, JsonNode switches) throws DirectoryException {
        AccountSettings settings = before;
        if (!switches.isObject()) {
            throw invalid("\"protocols\" is an object");
        }
        for (Map.Entry<String, JsonNode> each : switches.properties()) {
            SessionProtocol protocol = SessionProtocol.of(each.getKey()).orElseThrow(() -> invalid("a protocol is imap, pop3 or submission"));
            settings = settings.with(protocol, bool(each.getValue()));
        }
        return settings;
    }

    private static Optional<Forwarding> forwarding(Optional<Forwarding> before, JsonNode patch) throws DirectoryException {
        if (patch.isNull()) {
            return Optional.empty();
        }
        if (!patch.isObject()) {
            throw invalid("\"forwarding\" is an object or null");
        }
        Forwarding next = before.orElse(new Forwarding(List.of(), true));
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            next = switch (field.getKey()) {
                case "targets" -> new Forwarding(texts(field.getValue()), next.keep());
                case "keep" -> new Forwarding(next.targets(), bool(field.getValue()));
                default -> throw invalid("forwarding has \"targets\" and \"keep\"");
            };
        }
        return Optional.of(next);
    }

    private Optional<Vacation> vacation(Optional<Vacation> before, JsonNode patch) throws DirectoryException {
        if (!patch.isNull() && !patch.isObject()) {
            throw invalid("\"vacation\" is an object or null");
        }
        return patch.isNull() ? Optional.empty() : VacationView.merge(before, patch, zone);
    }

    private static AccountLimits sending(AccountLimits before, JsonNode patch) throws DirectoryException {
        if (!patch.isNull() && !patch.isObject()) {
            throw invalid("\"sending\" is an object or null");
        }
        return patch.isNull() ? AccountLimits.CONFIGURED : SendingView.merge(before, patch);
    }

    private static List<String> texts(JsonNode array) throws DirectoryException {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            texts.add(each.asText());
        }
        if (!array.isArray() || StreamSupport.stream(array.spliterator(), false).anyMatch(each -> !each.isTextual())) {
            throw invalid("a list of texts is expected");
        }
        return texts;
    }

    private static boolean bool(JsonNode value) throws DirectoryException {
        if (!value.isBoolean()) {
            throw invalid("true or false is expected");
        }
        return value.booleanValue();
    }

    private static DirectoryException invalid(String text) {
        return new DirectoryException(DirectoryException.Fault.INVALID, text);
    }
}
