package org.postel.smtp.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.syntax.Reply;

/** What Rspamd's answer means: its actions are those of its own milter proxy, but that nothing is ever thrown away. */
final class RspamdAnswer {

    /** The fields that tell it. */
    static final String FLAG = "X-Spam-Flag";
    static final String STATUS = "X-Spam-Status";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_SYMBOLS = 30;
    private static final int LONGEST_MESSAGE = 200;

    private String action = "";
    private double score;
    private double required;
    private String message = "";
    private final List<String> symbols = new ArrayList<>();

    private RspamdAnswer() {
    }

    /** @throws IOException when it is none */
    static Assessment of(byte[] json) throws IOException {
        RspamdAnswer answer = new RspamdAnswer();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("rspamd's answer is no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                answer.take(parser.currentName(), parser);
            }
        }
        return answer.assessment();
    }

    private void take(String name, JsonParser parser) throws IOException {
        JsonToken value = parser.nextToken();
        switch (name) {
            case "action" -> action = parser.getText();
            case "score" -> score = value.isNumeric() ? parser.getDoubleValue() : 0;
            case "required_score" -> required = value.isNumeric() ? parser.getDoubleValue() : 0;
            case "symbols" -> names(parser, symbols);
            case "messages" -> messages(parser);
            default -> parser.skipChildren();
        }
    }

    private static void names(JsonParser parser, List<String> names) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            names.add(parser.currentName().replaceAll("[^A-Za-z0-9_-]", "?"));
            parser.nextToken();
            parser.skipChildren();
        }
    }

    private void messages(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("smtp_message")) {
                message = parser.getText();
            }
            parser.skipChildren();
        }
    }

    private Assessment assessment() throws IOException {
        return switch (action) {
            // "greylist" is a wish to its own module, which says "soft reject" where it is carried out.
            case "no action", "greylist" -> told(false);
            case "add header", "rewrite subject", "quarantine", "discard" -> told(true);
            case "soft reject" -> Assessment.refused(reply(451, "4.7.1", "Please come again later"));
            case "reject" -> Assessment.refused(reply(550, "5.7.1", "Message is refused as spam"));
            default -> throw new IOException("rspamd wants an action that is not known");
        };
    }

    private Reply reply(int code, String status, String otherwise) {
        String said = message.replaceAll("[^ -~]", "?").strip();
        return Reply.of(code, status, said.isEmpty() ? otherwise : said.substring(0, Math.min(said.length(), LONGEST_MESSAGE)));
    }

    private Assessment told(boolean junk) {
        List<String> some = symbols.subList(0, Math.min(symbols.size(), MOST_SYMBOLS));
        String status = String.format(Locale.ROOT, "%s: %s, score=%.2f required=%.2f%s\r\n", STATUS, junk ? "Yes" : "No", score, required,
            some.isEmpty() ? "" : "\r\n\ttests=" + String.join(",\r\n\t", some));
        return new Assessment(Optional.empty(), (junk ? FLAG + ": YES\r\n" : "") + status, junk);
    }
}
