package org.postel.mail.dsn;

/**
 * What a status code means for the person who sent the mail: RFC 3463 §3.
 *
 * @param whatHappened one sentence
 * @param whatToDo     one or two sentences
 */
record Explanation(String whatHappened, String whatToDo) {

    /**
     * In these words; of the subject alone when its detail has none of its own.
     *
     * @param status such as 5.1.1
     */
    static Explanation of(String status, Words words) {
        String detail = status.substring(2);
        String subject = detail.substring(0, detail.indexOf('.'));
        String key = words.find("what." + detail).isPresent() ? detail : words.find("what." + subject).isPresent() ? subject : "other";
        return new Explanation(words.say("what." + key), words.say("do." + key));
    }
}
