package io.github.hasura4j.benchmarks;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The types that both the starter's handlers and the controller by hand bind. */
final class Rows {

    private Rows() {}

    record LoginInput(
            @NotBlank @Size(max = 200) String username,
            @NotBlank @Size(max = 200) String password) {}

    record LoginResponse(String accessToken) {}

    record Order(
            Long id,
            @JsonProperty("customer_id") Long customerId,
            String status,
            BigDecimal total,
            String currency,
            @JsonProperty("created_at") OffsetDateTime createdAt,
            String city,
            String zip,
            @Nullable String note,
            @Nullable List<Line> lines) {}

    record Line(
            String sku,
            Integer quantity,
            BigDecimal price,
            BigDecimal taxes,
            @JsonProperty("delivered_at") OffsetDateTime deliveredAt,
            String comment) {}

    /** A tenth of what the large row has: nobody asks for its lines. */
    record Status(Long id, String status) {}
}
