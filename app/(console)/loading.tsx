import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** A page on its way: heading and rows at the height they will have. */
export default function ConsoleLoading() {
  return (
    <>
      <Skeleton className="mb-2 h-6 w-80 max-w-full" />
      <Skeleton className="mb-6 h-4 w-56" />
      <SkeletonRows rows={12} />
    </>
  );
}
