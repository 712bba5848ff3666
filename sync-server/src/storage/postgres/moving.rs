//! A database that a relay moves into: empty, locked, and filled in one transaction.

use std::{error::Error as StdError, pin::Pin};

use deadpool_postgres::{Client, Transaction};
use futures_util::TryStreamExt;
use tokio_postgres::{
    Row, RowStream,
    binary_copy::BinaryCopyInWriter,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use super::Postgres;
use crate::storage::{
    StorageError as Error,
    tables::{Column, TABLES, Table, Value},
};

impl Postgres {
    /// A connection for somebody who moves in.
    pub(crate) async fn door(&self) -> Result<Client, Error> {
        Ok(self.pool.get().await?)
    }
}

/// An empty database, into which nobody else writes until this is committed or dropped.
pub(crate) struct Arriving<'a>(Transaction<'a>);

impl<'a> Arriving<'a> {
    /// Locks the tables; refused when there is anything in one of them.
    pub(crate) async fn begin(client: &'a mut Client) -> Result<Self, Error> {
        let transaction = client.transaction().await?;
        // A table may take as long as it takes.
        let patient = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";
        transaction.batch_execute(patient).await?;
        for Table { name, .. } in &TABLES {
            transaction.batch_execute(&format!("LOCK TABLE {name} IN EXCLUSIVE MODE")).await?;
            if transaction.query_opt(&format!("SELECT FROM {name} LIMIT 1"), &[]).await?.is_some() {
                let message = format!("the database is not empty: there is something in {name}");
                return Err(Error::Failed(message));
            }
        }
        Ok(Self(transaction))
    }

    /// Takes rows in, as they come.
    pub(crate) async fn copy(&self, table: &Table) -> Result<BinaryCopyInWriter, Error> {
        let copy = format!("COPY {} ({}) FROM STDIN BINARY", table.name, table.list());
        let types: Vec<_> = table.columns.iter().map(type_of).collect();
        Ok(BinaryCopyInWriter::new(self.0.copy_in(&copy).await?, &types))
    }

    /// Reads all rows of a table by its key.
    pub(crate) async fn select(&self, table: &Table) -> Result<RowStream, Error> {
        Ok(self.0.query_raw(&table.select(), std::iter::empty::<i64>()).await?)
    }

    pub(crate) async fn commit(self) -> Result<(), Error> {
        Ok(self.0.commit().await?)
    }
}

/// The next row that [`Arriving::select`] has read.
pub(crate) async fn next(mut rows: Pin<&mut RowStream>, table: &Table) -> Result<Option<Vec<Value>>, Error> {
    Ok(rows.try_next().await?.map(|row| values(&row, table)))
}

fn values(row: &Row, table: &Table) -> Vec<Value> {
    let value = |(number, column): (usize, &Column)| match column {
        Column::Bytes(_) => row.get::<_, Option<Vec<u8>>>(number).map(Value::Bytes),
        Column::Number(_) => row.get::<_, Option<i64>>(number).map(Value::Number),
    };
    table.columns.iter().enumerate().map(|column| value(column).unwrap_or(Value::Nothing)).collect()
}

fn type_of(column: &Column) -> Type {
    match column {
        Column::Bytes(_) => Type::BYTEA,
        Column::Number(_) => Type::INT8,
    }
}

impl ToSql for Value {
    fn to_sql(&self, column: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Nothing => Ok(IsNull::Yes),
            Self::Number(number) => number.to_sql_checked(column, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(column, out),
        }
    }

    fn accepts(column: &Type) -> bool {
        [Type::BYTEA, Type::INT8].contains(column)
    }

    to_sql_checked!();
}
