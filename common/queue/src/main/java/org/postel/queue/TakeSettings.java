package org.postel.queue;

/**
 * How a worker takes records of one topic.
 *
 * <p>A Kafka share consumer hands out new records only when every record of its last batch is finished. So records are taken
 * by several lanes, each a consumer of its own: a slow record holds up its lane and nothing else. The broker spreads the
 * partitions over all lanes of all workers; with fewer lanes than partitions the lanes of a dead worker keep theirs
 * until its session ends.
 *
 * @param topic the topic
 * @param group the share group
 * @param lanes consumers, 1 to 200
 * @param batch records a lane works on at once, 1 to 500
 */
public record TakeSettings(String topic, String group, int lanes, int batch) {

    /** Checks the bounds. */
    public TakeSettings {
        if (lanes < 1 || lanes > 200 || batch < 1 || batch > 500) {
            throw new IllegalArgumentException("1 to 200 lanes of 1 to 500 records, not " + lanes + " of " + batch);
        }
    }
}
