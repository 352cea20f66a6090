package io.github.hasura4j.payload;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TableNameTests {

    @ParameterizedTest
    @CsvSource({"orders, public, orders", "shop.orders, shop, orders", "shop.orders.old, shop, orders.old"})
    void isReadAsItIsShown(String text, String schema, String name) {
        TableName table = TableName.parse(text);

        assertThat(table).isEqualTo(new TableName(schema, name));
        assertThat(TableName.parse(table.toString())).isEqualTo(table);
    }
}
