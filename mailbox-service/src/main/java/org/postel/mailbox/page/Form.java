package org.postel.mailbox.page;

import java.util.HashMap;
import java.util.Map;

/** A form as its page shows it: what each field holds, and what is wrong with it. Fields that hold passwords are given none. */
public final class Form {

    private final Map<String, Field> fields = new HashMap<>();
    private String trouble = "";

    /**
     * A field.
     *
     * @param value what it holds
     * @param wrong the name of the text that says what is wrong with it; empty: nothing is
     */
    public record Field(String name, String value, String wrong) {}

    /** With a field. */
    public Form with(String name, String value) {
        fields.put(name, new Field(name, value, ""));
        return this;
    }

    /** With something wrong in a field that it has. */
    public Form wrong(String name, String text) {
        fields.put(name, new Field(name, fields.get(name).value(), text));
        return this;
    }

    /** With something wrong that is no single field's. */
    public Form wrong(String text) {
        trouble = text;
        return this;
    }

    /** Whether it can be done as it stands. */
    public boolean isRight() {
        return trouble.isEmpty() && fields.values().stream().allMatch(field -> field.wrong().isEmpty());
    }

    /** For the template: {@code form}, by the names of the fields, and {@code wrong}, a text for the head of the page or empty. */
    public Map<String, Object> data() {
        String head = trouble.isEmpty() && !isRight() ? "somethingWrong" : trouble;
        return Map.of("form", Map.copyOf(fields), "wrong", head);
    }
}
