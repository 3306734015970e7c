package dev.cofferdam.review.run;

import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.web.Route;
import java.util.List;
import java.util.function.Predicate;

/** Where attacks are played: sets the system up with layers out, and puts them back. */
public interface Stage {
  /**
   * A target with exactly these layers out.
   *
   * @param swept the routes that an attack on every route asks for
   */
  Target with(List<Layer> out, Mode mode, Predicate<Route> swept);

  /** Ends the use of a target and puts everything back. */
  void release(Target target);
}
