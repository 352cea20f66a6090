package io.github.hasura4j.client.internal;

import java.lang.reflect.Type;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.hasura4j.payload.Maybe;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.std.ReferenceTypeDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.ser.std.ReferenceTypeSerializer;
import tools.jackson.databind.type.ReferenceType;
import tools.jackson.databind.type.TypeBindings;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.type.TypeModifier;
import tools.jackson.databind.util.NameTransformer;

/** Reads and writes {@link Maybe}: what is absent in JSON is absent in Java, and the other way round. */
public final class MaybeModule extends JacksonModule {

    /** Add it to a mapper's builder; twice does no harm. */
    public MaybeModule() {}

    @Override
    public String getModuleName() {
        return MaybeModule.class.getName();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addTypeModifier(new AsReference());
        context.addSerializers(new Writing());
        context.addDeserializers(new Reading());
        context.configOverride(Maybe.class)
                .setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
    }

    private static final class AsReference extends TypeModifier {

        @Override
        public JavaType modifyType(JavaType type, Type jdkType, TypeBindings context, TypeFactory typeFactory) {
            return type.hasRawClass(Maybe.class) && !type.isReferenceType()
                    ? ReferenceType.upgradeFrom(type, type.containedTypeOrUnknown(0))
                    : type;
        }
    }

    private static final class Reading extends Deserializers.Base {

        @Override
        public @Nullable ValueDeserializer<?> findReferenceDeserializer(
                ReferenceType type,
                DeserializationConfig config,
                BeanDescription.Supplier description,
                @Nullable TypeDeserializer contentTypeDeserializer,
                @Nullable ValueDeserializer<?> contentDeserializer) {
            return type.hasRawClass(Maybe.class)
                    ? new MaybeDeserializer(type, contentTypeDeserializer, contentDeserializer)
                    : null;
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return type == Maybe.class;
        }
    }

    private static final class Writing extends Serializers.Base {

        @Override
        public @Nullable ValueSerializer<?> findReferenceSerializer(
                SerializationConfig config,
                ReferenceType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format,
                @Nullable TypeSerializer contentTypeSerializer,
                @Nullable ValueSerializer<Object> contentSerializer) {
            return type.hasRawClass(Maybe.class)
                    ? new MaybeSerializer(type, contentTypeSerializer, contentSerializer)
                    : null;
        }
    }

    @SuppressWarnings("NullAway") // Jackson says nothing about nulls, and takes them.
    private static final class MaybeDeserializer extends ReferenceTypeDeserializer<Maybe<?>> {

        MaybeDeserializer(
                JavaType type, @Nullable TypeDeserializer contentType, @Nullable ValueDeserializer<?> content) {
            super(type, null, contentType, content);
        }

        @Override
        protected MaybeDeserializer withResolved(TypeDeserializer contentType, ValueDeserializer<?> content) {
            return new MaybeDeserializer(_fullType, contentType, content);
        }

        @Override
        public Maybe<?> getNullValue(DeserializationContext context) {
            return Maybe.of(null);
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Maybe.absent();
        }

        @Override
        public Object getEmptyValue(DeserializationContext context) {
            return Maybe.absent();
        }

        @Override
        public Maybe<?> referenceValue(Object contents) {
            return Maybe.of(contents);
        }

        @Override
        public @Nullable Object getReferenced(Maybe<?> reference) {
            return reference.orElse(null);
        }

        @Override
        public Maybe<?> updateReference(Maybe<?> reference, Object contents) {
            return Maybe.of(contents);
        }
    }

    @SuppressWarnings("NullAway") // As above.
    private static final class MaybeSerializer extends ReferenceTypeSerializer<Maybe<?>> {

        MaybeSerializer(
                ReferenceType type, @Nullable TypeSerializer contentType, @Nullable ValueSerializer<Object> content) {
            super(type, true, contentType, content);
        }

        private MaybeSerializer(
                MaybeSerializer base,
                BeanProperty property,
                TypeSerializer contentType,
                ValueSerializer<?> content,
                NameTransformer unwrapper,
                Object suppressable,
                boolean suppressNulls) {
            super(base, property, contentType, content, unwrapper, suppressable, suppressNulls);
        }

        @Override
        protected MaybeSerializer withResolved(
                BeanProperty property,
                TypeSerializer contentType,
                ValueSerializer<?> content,
                NameTransformer unwrapper) {
            return new MaybeSerializer(
                    this, property, contentType, content, unwrapper, _suppressableValue, _suppressNulls);
        }

        @Override
        public MaybeSerializer withContentInclusion(Object suppressable, boolean suppressNulls) {
            // A null that was given is written, whatever else is left out.
            return this;
        }

        @Override
        protected boolean _isValuePresent(Maybe<?> value) {
            return value.isGiven();
        }

        @Override
        protected @Nullable Object _getReferenced(Maybe<?> value) {
            return value.get();
        }

        @Override
        protected @Nullable Object _getReferencedIfPresent(Maybe<?> value) {
            return value.orElse(null);
        }
    }
}
