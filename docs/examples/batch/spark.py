"""Plans for a fleet with Apache Spark: spark.py REQUESTS ANSWERS [PARTITIONS]

Each partition is piped through a worker of its own. The answers keep the order of the requests.
"""

import json
import os
import sys

from pyspark.sql import SparkSession


def main(requests, answers, partitions):
    spark = SparkSession.builder.appName("berth").getOrCreate()
    lines = spark.sparkContext.textFile(requests, partitions)
    # PySpark gives the worker no environment of its own: without a PATH only /bin and /usr/bin are searched.
    done = lines.pipe("berth batch --jobs 1", env={"PATH": os.environ["PATH"]}, checkCode=True)
    done.saveAsTextFile(answers)
    statuses = spark.sparkContext.textFile(answers).map(lambda line: json.loads(line)["status"]).countByValue()
    for status, count in sorted(statuses.items()):
        print(f"status {status}: {count}")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 8)
