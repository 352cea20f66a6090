package io.github.hasura4j.test.spring.shop;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

@ConfigurationProperties("shop")
record ShopProperties(@DefaultValue("EUR") String currency) {}
