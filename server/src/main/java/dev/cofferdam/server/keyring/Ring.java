package dev.cofferdam.server.keyring;

import dev.cofferdam.server.keyring.KeyPurpose.Holder;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.UUID;

/** The keys of one purpose and one holder, of which one is active. */
public sealed interface Ring {
  KeyPurpose purpose();

  /**
   * Whose ring it is, in the words of a ciphertext's authenticated data: {@code platform} or ids.
   */
  String holder();

  /** A ring of the platform. */
  record OfPlatform(KeyPurpose purpose) implements Ring {
    public OfPlatform {
      require(purpose, Holder.PLATFORM);
    }

    @Override
    public String holder() {
      return "platform";
    }
  }

  /** A ring of a tenant. */
  record OfTenant(TenantId tenant, KeyPurpose purpose) implements Ring {
    public OfTenant {
      require(purpose, Holder.TENANT);
    }

    @Override
    public String holder() {
      return tenant + "/" + tenant;
    }
  }

  /**
   * A ring of one person or node in a tenant.
   *
   * @param subject the id of the person or node
   */
  record OfSubject(TenantId tenant, UUID subject, KeyPurpose purpose) implements Ring {
    public OfSubject {
      require(purpose, Holder.SUBJECT);
    }

    @Override
    public String holder() {
      return tenant + "/" + subject;
    }
  }

  private static void require(KeyPurpose purpose, Holder holder) {
    if (purpose.holder() != holder) {
      throw new IllegalArgumentException(
          "the keys of `" + purpose.label() + "` belong to a " + purpose.holder());
    }
  }
}
