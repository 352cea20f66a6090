package io.github.hasura4j.spring.dispatch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** IP addresses and ranges of them, such as {@code 10.0.0.0/8} and {@code ::1}; none of them allows everybody. */
final class AddressRanges {

    /** What is looked at as an address; anything else would be looked up as a host's name. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<Range> ranges;

    private AddressRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** @throws IllegalArgumentException if one of them is no address or range */
    static AddressRanges of(List<String> texts) {
        return new AddressRanges(texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Range::of)
                .toList());
    }

    boolean allow(@Nullable String address) {
        if (ranges.isEmpty()) {
            return true;
        }
        byte[] bytes = address == null ? null : bytes(address);
        return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    private static byte @Nullable [] bytes(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!LITERAL.matcher(plain).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(plain).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The addresses that begin with the same bits as this one. */
    private record Range(byte[] address, int bits) {

        static Range of(String text) {
            int slash = text.indexOf('/');
            byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
            if (address != null) {
                try {
                    int all = address.length * 8;
                    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                    if (bits >= 0 && bits <= all) {
                        return new Range(address, bits);
                    }
                } catch (NumberFormatException e) {
                    // Told below.
                }
            }
            throw new IllegalArgumentException(
                    "'%s' is neither an IP address nor a range such as 10.0.0.0/8".formatted(text));
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
