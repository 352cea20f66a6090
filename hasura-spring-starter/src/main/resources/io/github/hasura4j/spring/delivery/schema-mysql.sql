-- Keys tell upper from lower case; times are milliseconds since 1970, hasura_order.created_at microseconds.
CREATE TABLE IF NOT EXISTS hasura_inbox (
    handler VARCHAR(200) NOT NULL,
    event_id VARCHAR(200) NOT NULL,
    token VARCHAR(36) NOT NULL,
    lease_until BIGINT NOT NULL,
    done_at BIGINT,
    answer LONGTEXT,
    PRIMARY KEY (handler, event_id),
    INDEX hasura_inbox_done (done_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS hasura_order (
    handler VARCHAR(200) NOT NULL,
    order_key VARCHAR(200) NOT NULL,
    created_at BIGINT,
    event_id VARCHAR(200),
    used_at BIGINT NOT NULL,
    PRIMARY KEY (handler, order_key),
    INDEX hasura_order_used (used_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS hasura_dead_letter (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(20) NOT NULL,
    handler VARCHAR(255) NOT NULL,
    event_id VARCHAR(255) NOT NULL,
    payload LONGTEXT NOT NULL,
    cause VARCHAR(500) NOT NULL,
    message VARCHAR(2000),
    given_up_at BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
