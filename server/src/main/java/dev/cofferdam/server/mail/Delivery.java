package dev.cofferdam.server.mail;

/** What became of a letter. */
public sealed interface Delivery {
  /** Another mail server has it, or it lies in the folder. Whether it is read nobody knows. */
  record HandedOver() implements Delivery {}

  /** It could not be handed over now; trying again later may do. */
  record Deferred() implements Delivery {}

  /** The mail server will not take it: not for this address, or not from us. */
  record Refused() implements Delivery {}
}
