package org.postel.mailbox.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.SessionProtocol;

/** A JSON merge patch (RFC 7396) of an account: what it does not name stays as it is. */
final class AccountPatch implements Administration.Change {

    /** All that may be set, in full, is shorter. */
    private static final int LONGEST = 256 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode patch;

    private AccountPatch(JsonNode patch) {
        this.patch = patch;
    }

    /** @throws DirectoryException INVALID when it is no JSON object */
    static AccountPatch of(String body) throws DirectoryException {
        if (body == null || body.length() > LONGEST) {
            throw invalid("a merge patch has 1 to " + LONGEST + " characters");
        }
        try {
            JsonNode patch = JSON.readTree(body);
            if (!patch.isObject()) {
                throw invalid("a merge patch of an account is a JSON object");
            }
            return new AccountPatch(patch);
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON");
        }
    }

    @Override
    public AccountSettings of(Account before) throws DirectoryException {
        AccountSettings settings = before.settings();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            settings = switch (field.getKey()) {
                case "status" -> settings.withStatus(status(field.getValue()));
                case "protocols" -> protocols(settings, field.getValue());
                default -> throw invalid("the field \"" + field.getKey() + "\" cannot be set");
            };
        }
        return settings;
    }

    private static AccountStatus status(JsonNode value) throws DirectoryException {
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
            if (!each.getValue().isBoolean()) {
                throw invalid("a protocol is true or false");
            }
            settings = settings.with(protocol, each.getValue().booleanValue());
        }
        return settings;
    }

    private static DirectoryException invalid(String text) {
        return new DirectoryException(DirectoryException.Fault.INVALID, text);
    }
}
